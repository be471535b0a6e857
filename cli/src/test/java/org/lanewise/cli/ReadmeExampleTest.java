package org.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's ten lines of Java compile, run, and do what they say. */
class ReadmeExampleTest {
    @TempDir
    Path classes;

    @Test
    void theTenLinesFitTheModel() throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../README.md")));
        assertThat(block.find()).isTrue();
        List<String> lines = block.group(1).lines().toList();
        String imports = String.join("\n", lines.stream().filter(line -> line.startsWith("import ")).toList());
        String body = String.join("\n", lines.stream().filter(line -> !line.startsWith("import ")).toList());
        compile(imports + "\npublic class Example { public static void run() throws Exception {\n" + body + "\n} }");

        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream real = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()},
                getClass().getClassLoader())) {
            loader.loadClass("Example").getMethod("run").invoke(null);
        } finally {
            System.setOut(real);
        }
        List<Double> numbers = Pattern.compile("-?[0-9]+\\.?[0-9]*(e-?[0-9]+)?")
                .matcher(printed.toString(StandardCharsets.UTF_8)
                        .replaceFirst("Tensor\\[.*?\\]", ""))
                .results().map(m -> Double.parseDouble(m.group())).toList();
        assertThat(numbers).as(printed.toString(StandardCharsets.UTF_8)).hasSize(3);
        assertThat(numbers.get(0)).isBetween(0.99, 1.01);
        assertThat(numbers.get(1)).isBetween(-2.01, -1.99);
        assertThat(numbers.get(2)).isBetween(2.99, 3.01);
    }

    private void compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Example.java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) { return source; }
        };
        boolean ok = compiler.getTask(null, null, null,
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                null, List.of(file)).call();
        assertThat(ok).as("the README's example compiles").isTrue();
    }
}
