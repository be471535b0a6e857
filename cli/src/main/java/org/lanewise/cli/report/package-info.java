/** Report pages: one self-contained HTML file with inline SVG figures. Knows nothing about any system. */
package org.lanewise.cli.report;
