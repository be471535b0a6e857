/** {@code lanewise boost}: gradient-boosted trees on any table. */
package org.lanewise.cli.boost;
