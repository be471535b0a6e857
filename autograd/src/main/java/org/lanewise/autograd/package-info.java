/** Reverse-mode differentiation: variables, the tape, one rule per operation. */
package org.lanewise.autograd;
