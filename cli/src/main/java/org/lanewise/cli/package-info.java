/** The lanewise command. */
package org.lanewise.cli;
