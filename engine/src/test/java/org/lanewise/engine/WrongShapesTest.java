package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every public operation of two tensors, found by reflection, refuses shapes that cannot fit and says which. */
class WrongShapesTest {

    private static final int[] A = {2, 3};
    private static final int[] B = {4, 5};

    @Test
    void everyMethodOfTwoTensorsNamesOperationAndShapes() throws ReflectiveOperationException {
        List<String> checked = new ArrayList<>();
        for (Method method : Tensor.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || !method.getReturnType().equals(Tensor.class)) continue;
            if (!Arrays.asList(method.getParameterTypes()).contains(Tensor.class)) continue;
            Object[] arguments = arguments(method);
            checked.add(method.getName());
            refuses(method, Tensor.zeros(A), arguments);
        }
        assertThat(checked).contains("add", "sub", "mul", "div", "minimum", "maximum", "gt", "ge", "lt", "le", "eq",
                "ne",
                "add_", "addScaled_", "mul_", "copyFrom", "matmul", "scatterAdd", "indexAdd_");
    }

    @Test
    void everyDestinationFormRefusesAWrongDestination() throws ReflectiveOperationException {
        int checked = 0;
        for (Method method : Ops.class.getMethods()) {
            if (!method.getName().endsWith("Into")) continue;
            Class<?>[] types = method.getParameterTypes();
            Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                arguments[i] = types[i] == Tensor.class
                        ? Tensor.zeros(3, 3)
                        : types[i] == Activation.class
                                ? Activation.NONE
                                : null;
            }
            if (method.getName().equals("linearInto")) arguments[2] = Tensor.zeros(3);
            arguments[types.length - 1] = Tensor.zeros(4, 3);
            refuses(method, null, arguments, "[3, 3]", "[4, 3]");
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(13);
    }

    private static Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        int arrays = 0;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == Tensor.class) arguments[i] = Tensor.zeros(B);
            else if (types[i] == int.class) arguments[i] = 0;
            else if (types[i] == float.class) arguments[i] = 1f;
            else if (types[i] == int[].class) arguments[i] = arrays++ == 0 ? new int[6] : A;
        }
        return arguments;
    }

    private static void refuses(Method method, Object on, Object[] arguments) throws ReflectiveOperationException {
        refuses(method, on, arguments, "[2, 3]", "[4, 5]");
    }

    private static void refuses(Method method, Object on, Object[] arguments, String... shapes)
            throws ReflectiveOperationException {
        try {
            method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).as(method.toString()).isInstanceOf(ShapeException.class);
            assertThat(e.getCause().getMessage()).as(method.toString()).contains(shapes);
            String operation = method.getName().replace("Into", "");
            assertThat(e.getCause().getMessage()).as(method.toString()).startsWith(operation);
            return;
        }
        throw new AssertionError(method + " accepted " + Arrays.toString(shapes));
    }
}
