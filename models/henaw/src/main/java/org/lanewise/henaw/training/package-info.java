/** How one member of an ensemble is trained. */
package org.lanewise.henaw.training;
