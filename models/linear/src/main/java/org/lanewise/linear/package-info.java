/** Least squares and Cox regression in double precision. */
package org.lanewise.linear;
