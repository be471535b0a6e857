package org.lanewise.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lanewise.engine.Tensor;

/**
 * Trades time for memory: a part of a computation that saves nothing and is computed a second time in the backward pass.
 *
 * <pre>{@code
 * Variable y = Checkpoint.run(in -> block.forward(in[0]), x);
 * }</pre>
 *
 * <p>The function takes everything it depends on from its arguments, and parameters through {@link Tape#use} on the tape of
 * its arguments, which is not the tape of the inputs given here. It must compute the same again when called again: random
 * streams are replayed exactly, and other side effects should look at {@link Tape#isReplay}. Result and gradients have the
 * same bits as without the checkpoint, except that a gradient contribution computed here is summed by itself before it
 * joins those from outside.
 */
public final class Checkpoint {

    private Checkpoint() {}

    private record Part(Function<Variable[], Variable> function, Tensor[] inputs, boolean[] wanted, long draws,
            Tape tape, List<Parameter> parameters) {
    }

    private static final Rule<Part> RULE = Rule.of("checkpoint", (s, g, in) -> {
        try (Tape again = s.tape.repetition(s.draws)) {
            Variable[] inputs = new Variable[s.inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = s.wanted[i] ? again.leaf(s.inputs[i]) : again.constant(s.inputs[i]);
            }
            Variable output = s.function.apply(inputs);
            if (!output.requiresGrad()) return; // nothing inside depends on what wants a gradient
            Gradients gradients = again.backward(output, g);
            for (int i = 0; i < inputs.length; i++) {
                if (s.wanted[i]) give(in, i, gradients.of(inputs[i]));
            }
            for (int i = 0; i < s.parameters.size(); i++) {
                give(in, inputs.length + i, gradients.of(s.parameters.get(i)));
            }
        }
    });

    private static void give(InputGradients in, int i, Tensor gradient) {
        if (gradient != null) in.give(i, gradient);
    }

    /**
     * {@code function(inputs)}, to be computed again when it is differentiated.
     *
     * @param inputs of one tape, at least one
     */
    public static Variable run(Function<Variable[], Variable> function, Variable... inputs) {
        if (inputs.length == 0) {
            throw new IllegalArgumentException("checkpoint: at least one input is needed");
        }
        Tape tape = inputs[0].tape();
        tape.tracks(inputs);
        long draws = tape.draws();
        Tensor[] values = new Tensor[inputs.length];
        boolean[] wanted = new boolean[inputs.length];
        Variable[] arguments = new Variable[inputs.length];
        try (Tape trial = tape.trial()) {
            for (int i = 0; i < inputs.length; i++) {
                values[i] = inputs[i].value();
                wanted[i] = inputs[i].requiresGrad();
                arguments[i] = trial.constant(values[i]);
            }
            Tensor output = function.apply(arguments).value();
            tape.skipTo(trial.draws());
            List<Variable> all = new ArrayList<>(List.of(inputs));
            List<Parameter> parameters = new ArrayList<>();
            for (Parameter parameter : trial.parametersSeen()) {
                Variable used = tape.use(parameter);
                if (!used.requiresGrad()) continue;
                parameters.add(parameter);
                all.add(used);
            }
            Part part = new Part(function, values, wanted, draws, tape, parameters);
            return tape.record(RULE, output, part, all.toArray(Variable[]::new));
        }
    }
}
