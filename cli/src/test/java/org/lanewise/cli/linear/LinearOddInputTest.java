package org.lanewise.cli.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.Captured;
import org.lanewise.tabular.JsonFiles;

/** Odd tables either work or are refused in one line that names what is wrong; nothing is left half written. */
class LinearOddInputTest {
    private static final int N = 60;

    @TempDir
    Path folder;

    private Path file(String name, String header, int rows, IntFunction<String> row) throws Exception {
        Path file = folder.resolve(name + ".csv");
        Files.write(file, Stream.concat(Stream.of(header), IntStream.range(0, rows).mapToObj(row)).toList());
        return file;
    }

    private static double a(int i) { return Math.sin(7.0 * i) + 0.1 * i; }

    private static double y(int i) { return a(i) + Math.cos(3.0 * i) / 4; }

    private Captured linear(String verb, Path data, String... more) {
        Path out = folder.resolve(verb.equals("path") || verb.equals("predict") ? "out.csv" : "out");
        String[] first = {"linear", verb, "--data", data.toString(), "--out", out.toString(), "--set", "alphas=8",
                "--quiet"};
        if (verb.equals("predict") || verb.equals("eval")) {
            first = new String[] {"linear", verb, "--data", data.toString(), "--out", out.toString(), "--quiet"};
        }
        return Captured.run(Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new));
    }

    private void refused(Captured captured, String... parts) {
        assertThat(captured.code()).as(captured.err()).isEqualTo(2);
        assertThat(captured.out()).isEmpty();
        assertThat(captured.err().lines()).singleElement().asString().contains(parts);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void tablesThatCannotBeUsed() throws Exception {
        Path good = file("good", "a,k,y,g,w,e", N, i -> a(i) + "," + (i % 3 == 0 ? "red" : "blue") + "," + y(i) + ",g"
                + i % 3 + "," + (i == 4 ? -1 : 1) + "," + i % 2);
        refused(linear("train", good, "--target", "nosuch"), good.toString(), "column \"nosuch\": no such column");
        refused(linear("train", good, "--target", "y", "--categorical", "nosuch"), "nosuch");
        refused(linear("train", good, "--target", "y", "--drop", "nosuch"), "nosuch");
        refused(linear("train", good, "--target", "y", "--drop", "y"), "--drop y");
        refused(linear("train", good, "--target", "y", "--weight", "y"), "column \"y\": cannot have two roles");
        refused(linear("train", good, "--target", "y", "--folds", "100"), "60 rows are too few for 100 folds");
        refused(linear("train", good, "--target", "y", "--group", "g"), "3 groups are too few for 5 folds");
        refused(linear("train", good, "--target", "y", "--weight", "w"), "row 5", "column \"w\"", "value \"-1\"",
                "a weight must be finite and not negative");
        refused(linear("train", good, "--target", "y", "--family", "poisson"), "column \"y\"",
                "a count must be finite and not negative");
        refused(linear("train", good, "--target", "y", "--event", "e"), "column \"y\"",
                "a survival time must be finite and not negative");
        refused(linear("train", good, "--target", "w", "--event", "y"), "row 5", "a survival time");
        refused(linear("train", good, "--target", "e", "--event", "y"), "an event flag must be 0 or 1");
        refused(linear("train", good, "--target", "y", "--family", "cox"), "an event column go together");
        refused(linear("train", good, "--target", "k", "--offset", "a", "--family", "multinomial"), "offset");
        refused(linear("train", good, "--target", "k", "--family", "gaussian"), "numbers are needed here");
        refused(linear("train", good, "--target", "y", "--family", "nosuch"), "--family", "gaussian");
        for (String verb : new String[] {"path", "cv"}) {
            refused(linear(verb, good, "--target", "nosuch"), "no such column");
        }
        refused(linear("train", folder.resolve("no.csv"), "--target", "y"), "no.csv: no such file");

        Path gaps = file("gaps", "a,y", N, i -> a(i) + "," + (i == 7 ? "" : y(i)));
        refused(linear("train", gaps, "--target", "y"), "row 8, column \"y\": missing, but needed of every row");
        Path infinite = file("infinite", "a,y", N, i -> (i == 6 ? "inf" : a(i)) + "," + (i == 7 ? "inf" : y(i)));
        refused(linear("train", infinite, "--target", "y"), "row 8, column \"y\"", "must be finite");
        refused(linear("train", infinite, "--target", "a"), "row 7, column \"a\"", "must be finite");
        Path odd = file("odd", "a,b,y", N, i -> (i == 6 ? "inf" : a(i)) + "," + i + "," + y(i));
        refused(linear("train", odd, "--target", "y"), odd.toString(), "row 7, column \"a\"", "finite");
        Path misspelt = file("misspelt", "a,y", N, i -> a(i) + "," + (i == 9 ? "12,5x".replace(',', '.') : y(i)));
        refused(linear("train", misspelt, "--target", "y"), "row 10, column \"y\", value \"12.5x\"", "not a number");
        Path same = file("same", "a,a,y", N, i -> a(i) + "," + i + "," + y(i));
        refused(linear("train", same, "--target", "y"), same.toString(), "\"a\"");
        Path ragged = file("ragged", "a,y", N, i -> i == 11 ? "1,2,3" : a(i) + "," + y(i));
        refused(linear("train", ragged, "--target", "y"), ragged.toString(), "line 13");
        refused(linear("train", file("empty", "a,y", 0, _ -> ""), "--target", "y"), "no rows");
        refused(linear("train", file("row", "a,y", 1, i -> "1,2"), "--target", "y"), "1 row is too few for 5 folds");
        refused(linear("train", file("alone", "y", N, i -> "" + y(i)), "--target", "y"), "no columns are left");
        refused(linear("train", file("class", "a,y", N, i -> a(i) + ",yes"), "--target", "y"),
                "1 value in all rows; two are needed");
        refused(linear("train", file("constant", "a,y", N, i -> a(i) + ",3"), "--target", "y"),
                "column \"y\": the same value in every row");
        refused(linear("train", file("still", "a,y", N, i -> "4," + y(i)), "--target", "y"),
                "no column explains anything of the target");
        refused(linear("train", file("alive", "a,t,e", N, i -> a(i) + "," + (i + 1) + ",0"), "--target", "t", "--event",
                "e"), "column \"e\": no row has an event");
    }

    @Test
    void oddTablesThatWork() throws Exception {
        // A constant column, one without any value, one of text, one of categories of which some are rare, wide numbers.
        Path data = file("odd", "a,still,nothing,note,kind,huge,y", N, i -> a(i) + ",4,,\"n " + i + "\","
                + (i == 3 ? "rare" : i % 2 == 0 ? "x" : "y") + "," + 1e15 * a(i) + "," + y(i));
        Path model = folder.resolve("model");
        assertThat(Captured.run("linear", "train", "--data", data.toString(), "--target", "y", "--out",
                model.toString(), "--set", "alphas=10", "--set", "preparation.mostLevels=10", "--quiet").code())
                .isZero();
        assertThat(JsonFiles.read(model.resolve("metrics.json")).at("/valid/r2").asDouble()).isGreaterThan(0.8);

        // Unseen levels and gaps are predicted, and said; text where numbers belong is refused.
        Path fresh = file("fresh", "a,still,nothing,note,kind,huge", 3,
                i -> (i == 1 ? "" : i) + ",4,5,none," + (i == 0 ? "new" : "x") + ",1e15");
        Captured predicted = Captured.run("linear", "predict", "--model", model.resolve("model").toString(), "--data",
                fresh.toString(), "--out", folder.resolve("p.csv").toString());
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.err()).contains("kind").contains("new");
        assertThat(Files.readAllLines(folder.resolve("p.csv"))).hasSize(4);
        String[] use = {"--model", model.resolve("model").toString()};
        refused(linear("predict", fresh, use[0], use[1], "--strict"), "training did not have");
        Path text = file("text", "a,still,nothing,note,kind,huge", 3, i -> (i == 1 ? "tall" : i) + ",4,,n,x,1");
        refused(linear("predict", text, use), text.toString(), "row 2", "column \"a\"", "tall");
        Path less = file("less", "still,nothing,note,kind,huge", 3, i -> "4,,n,x,1");
        refused(linear("predict", less, use), "column \"a\": needed by the model");
        Path infinite = file("infinite", "a,still,nothing,note,kind,huge", 3, i -> "inf,4,,n,x,1");
        refused(linear("predict", infinite, use), "row 1, column \"a\"", "finite");
        refused(linear("eval", fresh, use), "column \"y\": no such column");

        // A model that was cut or edited.
        Path json = model.resolve("model/model.json");
        String whole = Files.readString(json);
        Files.writeString(json, whole.substring(0, whole.length() / 2));
        refused(linear("predict", fresh, use), json.toString(), "not usable JSON");
        Files.writeString(json, whole.replace("lanewise-linear", "lanewise-other"));
        refused(linear("eval", fresh, use), json.toString(), "not a linear model");
        Files.writeString(json, whole);
        Path weights = model.resolve("model/weights.safetensors");
        Files.write(weights, java.util.Arrays.copyOf(Files.readAllBytes(weights), 40));
        refused(linear("predict", fresh, use), weights.toString(), "damaged");
        refused(linear("predict", fresh, "--model", folder.resolve("none").toString()), "no such file");
    }

    @Test
    void settingsThatMakeNoSense() throws Exception {
        Path data = file("good", "a,y", N, i -> a(i) + "," + y(i));
        for (String bad : new String[] {"l1Ratio=2", "gamma=-1", "alphas=1", "alphaRatio=1", "tolerance=0",
                "grid=-1,2", "preparation.mostLevels=0", "preparation.fill=x", "rule=best", "nosuch=1",
                "huberDelta=0"}) {
            refused(linear("train", data, "--target", "y", "--set", bad), bad.substring(0, bad.indexOf('=')));
        }
        Captured given = linear("train", data, "--target", "y", "--set", "grid=0.5,0.01,0.1", "--set",
                "rule=one-se");
        assertThat(given.code()).as(given.err()).isZero();
        assertThat(JsonFiles.read(folder.resolve("out/metrics.json")).path("alpha").asDouble()).isIn(0.5, 0.01, 0.1);
    }
}
