/** {@code lanewise mheight}. */
package org.lanewise.cli.mheight;
