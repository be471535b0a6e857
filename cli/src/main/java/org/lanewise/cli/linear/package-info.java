/** {@code lanewise linear}: elastic nets of any table. */
package org.lanewise.cli.linear;
