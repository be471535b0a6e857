/**
 * Neural-network modules with PyTorch's names, layouts and initial values. A network is trained on a recording tape and used on
 * an inference tape:
 *
 * <pre>{@code
 * Rng rng = Rng.of(42);
 * Sequential net = new Sequential(new Linear(9, 64, rng), new GELU(), new Dropout(0.1), new Linear(64, 1, rng));
 * try (Tape tape = Tape.recording(step)) {
 *     Variable loss = Losses.mse(net.forward(tape.constant(x)), y);
 *     optimizer.step(tape.backward(loss));
 * }
 * net.eval();
 * net.save(Path.of("net.safetensors"));
 * try (Tape tape = Tape.inference()) {
 *     Tensor predicted = net.forward(tape.constant(x)).value();
 * }
 * }</pre>
 */
package org.lanewise.nn;
