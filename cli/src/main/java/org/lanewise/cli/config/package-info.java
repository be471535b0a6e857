/** Settings from defaults, files and the command line, filled into configuration records. */
package org.lanewise.cli.config;
