package org.lanewise.linear.table;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.tabular.Table;

/**
 * Which columns of a table are not predictors; all but the target may be {@code null}.
 *
 * @param target
 *            what is to be predicted; for survival the time
 * @param event
 *            for survival, whether the time is that of an event (1, true) or of the end of observation
 * @param weight
 *            of the row
 * @param group
 *            rows of a group stay in one fold
 * @param id
 *            names the row
 */
public record ColumnRoles(String target, String event, String weight, String group, String id) {
    public static ColumnRoles target(String name) {
        return new ColumnRoles(name, null, null, null, null);
    }

    /** The columns that are left; those with a role need not be there. */
    public Table predictors(Table table) {
        List<String> present = new ArrayList<>();
        for (String name : new String[] {target, event, weight, group, id}) {
            if (name != null && table.has(name)) {
                present.add(name);
            }
        }
        return table.without(present.toArray(String[]::new));
    }
}
