/** Linear models of numbers and of survival: least squares, Cox and Gompertz regression, elastic nets. */
package org.lanewise.linear;
