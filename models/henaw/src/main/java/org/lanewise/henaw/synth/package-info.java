/** Generators of made-up people: the published recipe, the repaired one, and what can at best be known of the latter. */
package org.lanewise.henaw.synth;
