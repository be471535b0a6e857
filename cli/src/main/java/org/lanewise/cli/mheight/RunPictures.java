package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.report.Picture;

/** The two pictures of the published project: {@code training_history.png} and {@code predictions_scatter.png}. */
final class RunPictures {
    private RunPictures() {}

    /** @param curves values by epoch, by network and metric; @param points truth and prediction, in log2 */
    static void write(Path folder, Map<String, Map<String, double[]>> curves, double[][] points) {
        Map<String, double[]> all = new LinkedHashMap<>();
        curves.forEach((network, metrics) -> EvalReport.history(metrics)
                .forEach((name, values) -> all.put(curves.size() == 1 ? name : network + " " + name, values)));
        Picture.curves(folder.resolve("training_history.png"), "epoch", "log2 mse", all);
        Picture.scatter(folder.resolve("predictions_scatter.png"), points[0], points[1], "true log2 h",
                "predicted log2 h");
    }
}
