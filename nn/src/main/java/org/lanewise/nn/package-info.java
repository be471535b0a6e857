/**
 * Neural-network modules with PyTorch's names, layouts and initial values. A network is trained on a recording tape and used
 * through its {@link org.lanewise.nn.Inference}:
 *
 * <pre>{@code
 * Rng rng = Rng.of(42);
 * Sequential net = new Sequential(new Linear(9, 64, rng), new GELU(), new Dropout(0.1), new Linear(64, 1, rng));
 * try (Tape tape = Tape.recording(step)) {
 *     Variable loss = Losses.mse(net.forward(tape.constant(x)), y);
 *     optimizer.step(tape.backward(loss));
 * }
 * net.save(Path.of("net.safetensors"));
 * Inference inference = net.inference();            // the weights as they are now, made ready once
 * Tensor predicted = inference.forward(x);          // from any number of threads
 * }</pre>
 */
package org.lanewise.nn;
