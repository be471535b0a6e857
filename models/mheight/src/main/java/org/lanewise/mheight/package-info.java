/** The m-height of analog error-correcting codes: its exact value, and networks that learn it. */
package org.lanewise.mheight;
