/** The {@code henaw} commands: thin shells around {@code org.lanewise.henaw}. */
package org.lanewise.cli.henaw;
