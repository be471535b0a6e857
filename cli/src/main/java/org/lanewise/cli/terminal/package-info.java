/** What people and programs read on the terminal: progress, tables, JSON. */
package org.lanewise.cli.terminal;
