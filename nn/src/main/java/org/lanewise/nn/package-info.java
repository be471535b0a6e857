/** Neural-network modules, losses, initialisers and state dicts. */
package org.lanewise.nn;
