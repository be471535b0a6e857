package org.lanewise.linear.table;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Table;

/**
 * Which columns of a table are not predictors; all but the target may be {@code null}.
 *
 * <pre>{@code ColumnRoles.target("days").withEvent("died").withGroup("hospital")}</pre>
 *
 * @param target
 *            what is to be predicted; for survival the time
 * @param event
 *            for survival, whether the time is that of an event (1, true) or of the end of observation
 * @param weight
 *            of the row
 * @param offset
 *            added to the linear predictor, e.g. the logarithm of the exposure of a count
 * @param group
 *            rows of a group stay in one fold
 * @param id
 *            names the row
 */
public record ColumnRoles(String target, String event, String weight, String offset, String group, String id) {
    public ColumnRoles {
        Objects.requireNonNull(target);
    }

    public static ColumnRoles target(String name) {
        return new ColumnRoles(name, null, null, null, null, null);
    }

    public ColumnRoles withEvent(String name) {
        return new ColumnRoles(target, name, weight, offset, group, id);
    }

    public ColumnRoles withWeight(String name) {
        return new ColumnRoles(target, event, name, offset, group, id);
    }

    public ColumnRoles withOffset(String name) {
        return new ColumnRoles(target, event, weight, name, group, id);
    }

    public ColumnRoles withGroup(String name) {
        return new ColumnRoles(target, event, weight, offset, name, id);
    }

    public ColumnRoles withId(String name) {
        return new ColumnRoles(target, event, weight, offset, group, name);
    }

    /** The names of the columns that have a role. */
    public List<String> named() {
        return Stream.of(target, event, weight, offset, group, id).filter(Objects::nonNull).toList();
    }

    /** Refuses a table without one of the columns, and a column with two roles. */
    void check(Table table) {
        Set<String> seen = new HashSet<>();
        for (String name : named()) {
            table.column(name);
            // An identifier may also be what keeps rows together.
            if (!seen.add(name) && !(name.equals(group) && name.equals(id))) {
                throw BadInputException.at(table.source()).column(name).because("cannot have two roles");
            }
        }
    }

    /** The columns that are left; those with a role need not be there. */
    public Table predictors(Table table) {
        return table.without(named().stream().filter(table::has).distinct().toArray(String[]::new));
    }

    /** Such as {@code target price, weight w}. */
    @Override
    public String toString() {
        String[] roles = {"target", "event", "weight", "offset", "group", "id"};
        String[] names = {target, event, weight, offset, group, id};
        return IntStream.range(0, roles.length).filter(i -> names[i] != null).mapToObj(i -> roles[i] + " " + names[i])
                .collect(Collectors.joining(", "));
    }
}
