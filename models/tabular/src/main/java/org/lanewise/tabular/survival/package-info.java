/** Censored times: their curves, and how well predicted risks rank and match them. */
package org.lanewise.tabular.survival;
