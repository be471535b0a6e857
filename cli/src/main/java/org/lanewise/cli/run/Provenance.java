package org.lanewise.cli.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.Version;
import org.lanewise.engine.Backend;
import org.lanewise.engine.WorkerPool;

/**
 * What a result was made with: enough to make it again.
 */
public final class Provenance {
    private final Map<String, Object> facts = new LinkedHashMap<>();

    private Provenance() {}

    /**
     * The facts every run has: the command, version, JDK, kernels, threads and time.
     *
     * @param command such as {@code henaw train}
     * @return facts to be added to
     */
    public static Provenance of(String command) {
        Provenance provenance = new Provenance();
        provenance.facts.put("command", "lanewise " + command);
        provenance.facts.put("version", Version.current());
        provenance.facts.put("jdk", Runtime.version() + " " + System.getProperty("java.vendor", ""));
        provenance.facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        provenance.facts.put("kernels", Backend.active().name());
        provenance.facts.put("threads", WorkerPool.current().threads());
        provenance.facts.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return provenance;
    }

    /**
     * Adds a fact.
     *
     * @param name  such as {@code seed}
     * @param value its value
     * @return this
     */
    public Provenance with(String name, Object value) {
        facts.put(name, value);
        return this;
    }

    /**
     * All facts.
     *
     * @return by name, in order
     */
    public Map<String, Object> facts() {
        return new LinkedHashMap<>(facts);
    }
}
