/** People and their blood markers: the schema, units, readers and writers. */
package org.lanewise.henaw.data;
