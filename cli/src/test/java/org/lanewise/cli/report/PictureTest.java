package org.lanewise.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PNG files, as the JDK's own reader sees them. */
class PictureTest {
    @TempDir
    Path folder;

    private static long count(BufferedImage image, int colour) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++)
            for (int x = 0; x < image.getWidth(); x++) if ((image.getRGB(x, y) & 0xFFFFFF) == colour) count++;
        return count;
    }

    @Test
    void curves() throws Exception {
        Path file = folder.resolve("curves.png");
        Map<String, double[]> curves = new LinkedHashMap<>();
        curves.put("falls", new double[] {5, 2, 1, .1, .01});
        curves.put("stays", new double[] {1, Double.NaN, 1, 1, 1});
        Picture.curves(file, "epoch", "loss", curves);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(900);
        assertThat(count(image, 0x1F77B4)).isGreaterThan(500);
        assertThat(count(image, 0xD62728)).isGreaterThan(500);
        assertThat(count(image, 0xFFFFFF)).isGreaterThan(400_000);
    }

    @Test
    void pointsLieWhereTheyShould() throws Exception {
        Path file = folder.resolve("scatter.png");
        Picture.scatter(file, new double[] {0, 10, 0}, new double[] {0, 10, 10}, "true", "predicted");
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getRGB(110, 50 + 1) & 0xFFFFFF).isEqualTo(0x1F77B4); // (0, 10): the upper left corner
        assertThat(image.getRGB((110 + 870) / 2, (50 + 560) / 2) & 0xFFFFFF).isIn(0xD62728, 0xDDDDDD);
        assertThat(count(image, 0xD62728)).isGreaterThan(500);
    }
}
