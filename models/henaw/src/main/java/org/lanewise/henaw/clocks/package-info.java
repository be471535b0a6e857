/** Simpler clocks of ageing that HENAW is measured against: PhenoAge, Klemera-Doubal, homeostatic dysregulation, linear. */
package org.lanewise.henaw.clocks;
