/** The directory of a run, its lock, what it was made with, and how Ctrl-C ends it. */
package org.lanewise.cli.run;
