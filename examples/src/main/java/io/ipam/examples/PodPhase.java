package io.ipam.examples;

import java.util.Optional;

/** The phase of a pod or of a virtual machine instance, as its status states it. */
final class PodPhase {
    private PodPhase() {}

    /** The phase if the pod no longer holds addresses in it; otherwise empty. */
    static Optional<String> finished(Manifest manifest) {
        return manifest.status()
                .optionalText("phase")
                .filter(phase -> phase.equals("Succeeded") || phase.equals("Failed"));
    }
}
