package org.lanewise.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Einsum;
import org.lanewise.engine.Tensor;

/**
 * Sums of products in Einstein's notation. The gradient of an operand is another such sum, of the result's gradient and the
 * other operands, spread evenly along dimensions that only this operand has.
 */
final class EinsteinSum {

    private EinsteinSum() {}

    private record Sum(String[] terms, String out, Tensor[] operands) {
    }

    private static final Rule<Sum> RULE = Rule.of("einsum", (s, g, in) -> {
        for (int i = 0; i < s.terms.length; i++) {
            if (in.wants(i)) operandGradient(s, i, g, in);
        }
    });

    static Variable of(String equation, Variable... operands) {
        if (operands.length == 0) {
            throw new IllegalArgumentException("einsum: '" + equation + "' without operands");
        }
        Tensor[] values = Arrays.stream(operands).map(Variable::value).toArray(Tensor[]::new);
        Tensor result = Einsum.of(equation, values);
        String text = equation.replace(" ", "");
        int arrow = text.indexOf("->");
        String[] terms = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
        if (operands[0].tape().tracks(operands)) {
            for (String term : terms) {
                if (term.chars().distinct().count() < term.length()) {
                    throw new IllegalArgumentException(
                            "einsum: the diagonal in '" + equation + "' cannot be differentiated");
                }
            }
        }
        String out = arrow < 0 ? implied(terms) : text.substring(arrow + 2);
        return operands[0].tape().record(RULE, result, new Sum(terms, out, values), operands);
    }

    /** The letters that occur once, in alphabetical order. */
    private static String implied(String... terms) {
        String all = String.join("", terms);
        StringBuilder out = new StringBuilder();
        all.chars().sorted().filter(c -> all.indexOf(c) == all.lastIndexOf(c)).forEach(c -> out.append((char) c));
        return out.toString();
    }

    private static void operandGradient(Sum s, int i, Tensor g, InputGradients in) {
        List<String> terms = new ArrayList<>(List.of(s.out));
        List<Tensor> operands = new ArrayList<>(List.of(g));
        for (int j = 0; j < s.terms.length; j++) {
            if (j == i) continue;
            terms.add(s.terms[j]);
            operands.add(s.operands[j]);
        }
        String others = String.join("", terms);
        StringBuilder known = new StringBuilder();
        int[] shape = in.shape(i);
        int[] kept = shape.clone();
        for (int d = 0; d < shape.length; d++) {
            char letter = s.terms[i].charAt(d);
            if (others.indexOf(letter) >= 0) {
                known.append(letter);
            } else {
                kept[d] = 1; // summed over here alone: each element gets the same
            }
        }
        Tensor sum = Einsum.of(String.join(",", terms) + "->" + known, operands.toArray(Tensor[]::new));
        if (Arrays.equals(kept, shape)) {
            in.give(i, sum);
        } else {
            in.share(i, sum.reshape(kept).expand(shape));
        }
    }
}
