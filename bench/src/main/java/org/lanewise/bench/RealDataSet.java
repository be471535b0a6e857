package org.lanewise.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lanewise.bench.BoostingProblem.Goal;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;

/** Measured data, read from {@code <folder>/<name>.csv.gz}: what their columns mean. Public sets that R packages and scikit-learn hold. */
enum RealDataSet {
    /** Prices of stones. */
    DIAMONDS(Goal.REGRESSION, "price"),
    /** Progression of a disease. */
    SK_DIABETES(Goal.REGRESSION, "target"),
    /** Electronic mail. */
    SPAM(Goal.BINARY, "type"),
    /** Tumours, by grades. */
    BREAST_CANCER_WISCONSIN(Goal.BINARY, "Class"),
    /** Tumours, by measurements. */
    SK_BREAST_CANCER(Goal.BINARY, "target"),
    /** Printed capitals. */
    LETTER(Goal.CLASSES, "lettr"),
    /** Growers of wine. */
    SK_WINE(Goal.CLASSES, "target"),
    /** Brackets of income. */
    INCOME(Goal.CLASSES, "INCOME"),
    /** Time to death. */
    FLCHAIN("futime", "death", 1),
    /** Time to recurrence; death is another outcome. */
    ROTTERDAM("rtime", "recur", 1, "pid", "dtime", "death"),
    /** Time to death; progression is another outcome. */
    MGUS2("futime", "death", 1, "id", "ptime", "pstat"),
    /** Time to death; a transplantation (status 1) censors. */
    PBC("time", "status", 2, "id");

    private final Goal goal;
    private final String target;
    private final String status;
    private final double event;
    private final List<String> unused;

    RealDataSet(Goal goal, String target) {
        this.goal = goal;
        this.target = target;
        status = null;
        event = Double.NaN;
        unused = List.of();
    }

    /** Survival: {@code status} is {@code event} if the event was seen. */
    RealDataSet(String time, String status, double event, String... unused) {
        goal = Goal.COX;
        target = time;
        this.status = status;
        this.event = event;
        this.unused = List.of(unused);
    }

    /** The sets of these names; all for none. */
    static List<RealDataSet> of(List<String> names) {
        List<RealDataSet> sets = new ArrayList<>();
        for (String name : names) {
            sets.add(Arrays.stream(values()).filter(set -> set.toString().equals(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no data set " + name + "; there are " + Arrays.toString(values()))));
        }
        return sets.isEmpty() ? List.of(values()) : sets;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    Goal goal() {
        return goal;
    }

    /** Where the sets are, unless told: {@code shared/data/tabular} beside any parent of the working folder. */
    static Path folder(Options options) {
        Path found = Path.of("../shared/data/tabular");
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve("shared/data/tabular"))) {
                found = up.resolve("shared/data/tabular");
                break;
            }
        }
        return Path.of(options.text("data", found.toString()));
    }

    Path file(Path folder) {
        return folder.resolve(this + ".csv.gz");
    }

    /** Text becomes categories, numbered in the order of the alphabet. */
    RealData read(Path folder) {
        Table table = Csv.read(file(folder));
        List<Column> columns = new ArrayList<>();
        Set<String> others = new HashSet<>(unused);
        others.add(target);
        if (status != null) others.add(status);
        for (Column column : table.columns()) {
            if (others.contains(column.name())) continue;
            columns.add(column.type() == ColumnType.TEXT
                    ? CategoricalColumn.ofTexts(column.name(), column.texts())
                    : column);
        }
        Table x = Table.of(table.source(), columns);
        return switch (goal) {
            case REGRESSION -> new RealData(x, goal, table.numbers(target), null, 1);
            case BINARY, CLASSES -> {
                CategoricalColumn labels = CategoricalColumn.ofTexts(target, table.texts(target));
                double[] y = new double[table.rows()];
                Arrays.setAll(y, labels::code);
                yield new RealData(x, goal, y, null, goal == Goal.BINARY ? 1 : labels.levels().size());
            }
            case COX -> {
                double[] seen = table.numbers(status);
                boolean[] events = new boolean[seen.length];
                for (int i = 0; i < events.length; i++) events[i] = seen[i] == event;
                yield new RealData(x, goal, table.numbers(target), events, 1);
            }
        };
    }
}
