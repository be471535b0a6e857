/** The choice between settings of the mortality ensemble, by cross-validation inside the training data. */
package org.lanewise.henaw.selection;
