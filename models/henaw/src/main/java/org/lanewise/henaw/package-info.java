/** HENAW: biological age and mortality from routine blood markers. */
package org.lanewise.henaw;
