/** Optimisers, schedules and the training loop. */
package org.lanewise.optim;
