package org.lanewise.boosting.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.Features;

/** The files that LightGBM and XGBoost have loaded are still written to the byte, and predict here what they predict there. */
class PeersReadWhatIsWrittenTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass", "edges"})
    void predictsTheSameThere(String name) throws IOException {
        BoostingModel model = ModelFile.load(ExportForPeers.MODELS.resolve(name)).model();
        Features rows = Golden.rows(Golden.read("xgboost.json"), false);
        double[] ours = model.predict(rows);

        Path text = folder.resolve(name + ".txt");
        LightGbmFormat.write(model, text);
        assertSameBytes(name + ".txt", text);
        assertArrayEquals(Golden.doubles(Golden.read("exported_lightgbm.json").at("/" + name + "/predict")), ours,
                1e-12);

        for (String suffix : new String[] {".json", ".ubj"}) {
            Path file = folder.resolve(name + suffix);
            XgboostFormat.write(model, file);
            assertSameBytes(name + suffix, file);
            assertArrayEquals(Golden.doubles(Golden.read("exported_xgboost.json").get(name + suffix)), ours, 1e-6);
        }
    }

    private static void assertSameBytes(String name, Path file) throws IOException {
        assertArrayEquals(Files.readAllBytes(ExportForPeers.MODELS.resolve(name)), Files.readAllBytes(file), name);
    }
}
