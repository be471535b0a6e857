/** Parts of an evaluation. */
package org.lanewise.henaw.evaluation;
