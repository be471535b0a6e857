package org.lanewise.henaw.published;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.nn.Module;
import org.lanewise.optim.Adam;

/** The published penalty; its L1 goes through Adam's subgradients, so nothing becomes exactly zero. */
final class PublishedRegulariser {
    private final List<Parameter> all = new ArrayList<>();
    private final List<Parameter> systems = new ArrayList<>();
    private final List<Parameter> individual = new ArrayList<>();

    PublishedRegulariser(PublishedNetwork network) {
        network.namedParameters().forEach((name, parameter) -> {
            if (name.contains("weight"))
                all.add(parameter);
        });
        network.systemSide().forEach(module -> collect(module, systems));
        network.individualSide().forEach(module -> collect(module, individual));
    }

    private static void collect(Module module, List<Parameter> into) {
        module.namedParameters().forEach((name, parameter) -> {
            if (name.contains("weight"))
                into.add(parameter);
        });
    }

    Variable of(Tape tape) {
        Variable absolute = null;
        Variable squared = null;
        for (Parameter parameter : all) {
            Variable w = tape.use(parameter);
            absolute = absolute == null ? w.abs().sum() : absolute.add(w.abs().sum());
            squared = squared == null ? w.square().sum() : squared.add(w.square().sum());
        }
        Variable excess = norm(tape, systems).sub(norm(tape, individual).mul(2)).relu();
        return absolute.mul(.5f).add(squared.mul(.5f)).add(excess).mul(.01f);
    }

    private static Variable norm(Tape tape, List<Parameter> parameters) {
        Variable sum = null;
        for (Parameter parameter : parameters) {
            Variable part = tape.use(parameter).square().sum();
            sum = sum == null ? part : sum.add(part);
        }
        return sum.sqrt();
    }
}
