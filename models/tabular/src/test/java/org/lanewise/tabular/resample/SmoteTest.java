package org.lanewise.tabular.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;

class SmoteTest {
    private static final int[] CLASSES = IntStream.range(0, 200).map(i -> i % 10 == 0 ? 1 : i % 25 == 3 ? 2 : 0)
            .toArray();

    private static Table numbers() {
        Rng rng = Rng.of(2);
        double[] x = new double[200];
        int[] n = new int[200];
        for (int i = 0; i < 200; i++) {
            x[i] = rng.nextGaussian() + 10 * CLASSES[i];
            n[i] = rng.nextInt(100);
        }
        return Table.of(DoubleColumn.of("x", x), IntColumn.of("n", n));
    }

    private static int size(int[] classes, int label) {
        return (int) Arrays.stream(classes).filter(c -> c == label).count();
    }

    @Test
    void everyClassBecomesAsLargeAsTheLargest() {
        Table table = numbers();
        Resampled more = Smote.withSeed(1).balance(table, CLASSES);
        int largest = size(CLASSES, 0);
        for (int label = 0; label < 3; label++) {
            assertThat(size(more.classes(), label)).isEqualTo(largest);
        }
        assertThat(more.original()).isEqualTo(200);
        assertThat(Arrays.copyOf(more.classes(), 200)).containsExactly(CLASSES);
        int[] real = IntStream.range(0, 200).toArray();
        assertThat(more.table().take(real).numbers("n")).containsExactly(table.numbers("n"));
        Resampled half = Smote.withSeed(1).withShare(0.5).balance(table, CLASSES);
        assertThat(size(half.classes(), 2)).isEqualTo(Math.round(0.5f * largest));
        assertThat(Smote.withSeed(1).withShare(0).balance(table, CLASSES).table().rows()).isEqualTo(200);
    }

    @Test
    void sameSeedSameRows() {
        Table table = numbers();
        String first = DataFingerprint.of(Smote.withSeed(1).balance(table, CLASSES).table());
        assertThat(DataFingerprint.of(Smote.withSeed(1).balance(table, CLASSES).table())).isEqualTo(first);
        assertThat(DataFingerprint.of(Smote.withSeed(2).balance(table, CLASSES).table())).isNotEqualTo(first);
    }

    /** Each artificial row lies on the line between a row of its class and one of that row's k nearest. */
    @Test
    void artificialRowsLieBetweenNeighboursOfTheirClass() {
        Table table = numbers();
        Resampled more = Smote.withSeed(3).withNeighbours(3).balance(table, CLASSES);
        double[] x = more.table().numbers("x");
        double[] y = more.table().numbers("n");
        for (int i = 200; i < x.length; i++) {
            int label = more.classes()[i];
            int[] own = IntStream.range(0, 200).filter(r -> CLASSES[r] == label).toArray();
            boolean found = false;
            for (int from : own) {
                int[] near = Arrays.stream(own).filter(r -> r != from).boxed()
                        .sorted((a, b) -> Double.compare(square(x, y, from, a), square(x, y, from, b))).limit(3)
                        .mapToInt(r -> r).toArray();
                for (int to : near) {
                    double place = (y[i] - y[from]) / (y[to] - y[from]);
                    found |= place >= 0 && place <= 1
                            && Math.abs(x[from] + place * (x[to] - x[from]) - x[i]) < 1e-9;
                }
            }
            assertThat(found).as("row %d", i).isTrue();
        }
    }

    private static double square(double[] x, double[] y, int a, int b) {
        return (x[a] - x[b]) * (x[a] - x[b]) + (y[a] - y[b]) * (y[a] - y[b]);
    }

    @Test
    void categoriesComeFromTheNeighbours() {
        Rng rng = Rng.of(5);
        String[] city = new String[200];
        String[] other = new String[200];
        boolean[] flag = new boolean[200];
        for (int i = 0; i < 200; i++) {
            city[i] = CLASSES[i] == 0 ? "Ulm" : rng.nextInt(4) == 0 ? "Bonn" : "Graz";
            other[i] = "t" + rng.nextInt(3);
            flag[i] = CLASSES[i] == 2;
        }
        Table table = numbers().with(List.of(CategoricalColumn.ofTexts("city", city), TextColumn.of("other", other),
                BooleanColumn.of("flag", flag)));
        Resampled more = Smote.withSeed(1).balance(table, CLASSES);
        assertThat(more.table().columns()).extracting(c -> c.type()).containsExactly(ColumnType.DOUBLE,
                ColumnType.DOUBLE, ColumnType.CATEGORICAL, ColumnType.TEXT, ColumnType.BOOLEAN);
        Set<String> seen = new HashSet<>();
        for (int i = 200; i < more.table().rows(); i++) {
            seen.add(more.table().column("city").text(i));
            assertThat(more.table().column("flag").number(i)).isEqualTo(more.classes()[i] == 2 ? 1 : 0);
        }
        assertThat(seen).containsExactly("Graz"); // The usual one near every rare row, and never that of the large class.
        assertThat(Smote.withSeed(1).balance(table.select("city", "other"), CLASSES).table().rows())
                .isEqualTo(3 * size(CLASSES, 0));
    }

    /** SMOTE-NC by brute force from its definition: each artificial row has a parent that explains numbers and categories. */
    @Test
    void mixedRowsFollowTheDefinition() {
        Rng rng = Rng.of(11);
        int k = 4;
        String[] city = new String[200];
        boolean[] flag = new boolean[200];
        for (int i = 0; i < 200; i++) {
            city[i] = List.of("Bonn", "Graz", "Ulm").get(rng.nextInt(3));
            flag[i] = rng.nextInt(3) == 0;
        }
        Table table = numbers()
                .with(List.of(CategoricalColumn.ofTexts("city", city), BooleanColumn.of("flag", flag)));
        Resampled more = Smote.withSeed(4).withNeighbours(k).balance(table, CLASSES);
        double[] x = more.table().numbers("x");
        double[] n = more.table().numbers("n");
        double sumOfPlaces = 0;
        int[] timesParent = new int[200];
        for (int i = 200; i < x.length; i++) {
            int row = i;
            int[] own = IntStream.range(0, 200).filter(r -> CLASSES[r] == more.classes()[row]).toArray();
            double median = (deviation(x, own) + deviation(n, own)) / 2;
            boolean found = false;
            for (int from : own) {
                int[] near = Arrays.stream(own).filter(r -> r != from).boxed()
                        .sorted((a, b) -> Double.compare(mixed(x, n, city, flag, median, from, a),
                                mixed(x, n, city, flag, median, from, b)))
                        .limit(k).mapToInt(r -> r).toArray();
                for (int to : near) {
                    double place = (n[i] - n[from]) / (n[to] - n[from]);
                    if (place >= 0 && place <= 1 && Math.abs(x[from] + place * (x[to] - x[from]) - x[i]) < 1e-9
                            && more.table().column("city").text(i).equals(mode(near, r -> city[r]))
                            && more.table().column("flag").text(i).equals(mode(near, r -> "" + flag[r]))) {
                        found = true;
                        sumOfPlaces += place;
                        timesParent[from]++;
                    }
                }
            }
            assertThat(found).as("row %d", i).isTrue();
        }
        int explained = Arrays.stream(timesParent).sum(); // A row that both ends explain counts from both.
        assertThat(sumOfPlaces / explained).isCloseTo(0.5, within(4 * Math.sqrt(1 / 12.0 / (x.length - 200))));
        long parents = Arrays.stream(timesParent).filter(t -> t > 0).count();
        assertThat(parents).isEqualTo(size(CLASSES, 1) + size(CLASSES, 2)); // Each rare row is one, given so many draws.
    }

    private static double deviation(double[] values, int[] rows) {
        double mean = Arrays.stream(rows).mapToDouble(r -> values[r]).average().orElseThrow();
        return Math.sqrt(Arrays.stream(rows).mapToDouble(r -> Math.pow(values[r] - mean, 2)).average().orElseThrow());
    }

    private static double mixed(double[] x, double[] n, String[] city, boolean[] flag, double median, int a, int b) {
        int different = (city[a].equals(city[b]) ? 0 : 1) + (flag[a] == flag[b] ? 0 : 1);
        return square(x, n, a, b) + different * median * median;
    }

    private static String mode(int[] rows, IntFunction<String> value) {
        Map<String, Long> counts = Arrays.stream(rows).mapToObj(value)
                .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
        long most = counts.values().stream().mapToLong(v -> v).max().orElseThrow();
        return counts.entrySet().stream().filter(e -> e.getValue() == most).findFirst().orElseThrow().getKey();
    }

    @Test
    void refusals() {
        Table gaps = Table.of("t.csv", List.of(DoubleColumn.of("x", 1, Double.NaN, 3)));
        assertThatThrownBy(() -> Smote.withSeed(1).balance(gaps, new int[] {0, 0, 1}))
                .isInstanceOf(BadInputException.class)
                .hasMessage("t.csv: row 2, column \"x\": missing; fill it first");
        Table whole = Table.of("t.csv", List.of(DoubleColumn.of("x", 1, 2, 3)));
        assertThatThrownBy(() -> Smote.withSeed(1).balance(whole, new int[] {0, 0, 1})).hasMessage(
                "t.csv: row 3: class 1 has this row only: there is no neighbour to go towards");
        assertThat(Smote.withSeed(1).balance(whole, new int[3]).table().rows()).isEqualTo(3); // One class: nothing to do.
    }
}
