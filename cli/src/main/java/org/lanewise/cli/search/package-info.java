/** Search for settings before a training: options, the search itself, and what the report says of it. */
package org.lanewise.cli.search;
