/** How the networks are trained. */
package org.lanewise.mheight.training;
