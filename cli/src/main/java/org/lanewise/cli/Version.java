package org.lanewise.cli;

import picocli.CommandLine.IVersionProvider;

/**
 * The version of this build, from the jar's manifest.
 */
public final class Version implements IVersionProvider {
    /** For picocli. */
    public Version() {}

    /**
     * The version of this build.
     *
     * @return for example {@code 0.1.0}; {@code development} when run from class folders
     */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"lanewise " + current(),
                "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor", "unknown vendor") + ")"};
    }
}
