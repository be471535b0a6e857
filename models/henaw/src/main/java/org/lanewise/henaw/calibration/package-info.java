/** From raw outputs to figures that can be trusted: intervals, absolute risk, risk in years, bias by age. */
package org.lanewise.henaw.calibration;
