/** The exact m-height, by minors of the generator matrix. */
package org.lanewise.mheight.exact;
