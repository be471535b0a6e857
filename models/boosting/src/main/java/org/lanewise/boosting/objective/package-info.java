/** What boosting minimises ({@link org.lanewise.boosting.objective.Objective}) and what it is judged by. */
package org.lanewise.boosting.objective;
