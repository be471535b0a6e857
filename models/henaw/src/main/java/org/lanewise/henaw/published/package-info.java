/** The network as published, with its faults, for comparison. */
package org.lanewise.henaw.published;
