package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;

/**
 * No kernel hands a vector to another method, nor keeps one in a field.
 *
 * <p>The operations of the Vector API are always inlined, a helper of our own is not: near the end of a large compilation the
 * compiler refuses it, and which compilation is large depends on what ran before. Its vectors then live on the heap, many times
 * slower, in one program out of many.
 */
class VectorsStayLocalTest {
    @Test
    void vectorsAreLocalVariables() throws Exception {
        List<String> offenders = new ArrayList<>();
        List<Class<?>> kernels = kernels();
        for (Class<?> c : kernels) {
            for (Method m : c.getDeclaredMethods()) {
                boolean vector = isVector(m.getReturnType())
                        || Stream.of(m.getParameterTypes()).anyMatch(this::isVector);
                if (vector) offenders.add(c.getSimpleName() + "." + m.getName());
            }
            for (Field f : c.getDeclaredFields())
                if (isVector(f.getType())) offenders.add(c.getSimpleName() + "." + f.getName());
        }
        assertThat(kernels).hasSizeGreaterThan(10);
        assertThat(offenders).isEmpty();
    }

    private boolean isVector(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass())
            if (c.getName().equals("jdk.incubator.vector.Vector")) return true;
        return false;
    }

    private static List<Class<?>> kernels() throws Exception {
        File root = new File(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> found = new ArrayList<>();
        for (String file : Objects.requireNonNull(new File(root, "org/lanewise/engine/simd").list()))
            if (file.endsWith(".class"))
                found.add(Class.forName("org.lanewise.engine.simd." + file.substring(0, file.length() - 6), false,
                        Tensor.class.getClassLoader()));
        return found;
    }
}
