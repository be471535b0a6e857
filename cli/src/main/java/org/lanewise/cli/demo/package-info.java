/** The {@code demo} command and what a system contributes to it. */
package org.lanewise.cli.demo;
