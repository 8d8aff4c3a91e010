package io.ipam.examples;

import io.ipam.owner.Owner;
import io.ipam.pool.Application;
import java.util.Map;

/**
 * A pod that may have addresses.
 *
 * @param manifest the object that describes it: the pod itself, or the object that makes it
 * @param template the object with its metadata: the manifest, or the template in it
 * @param name the name of its owner: that of the pod, or of its virtual machine
 * @param uid its uid
 * @param node its node; empty if it has none
 * @param stateful whether it keeps its addresses when its uid changes
 * @param application its application
 */
record Pod(
        Manifest manifest,
        Fields template,
        String name,
        String uid,
        String node,
        boolean stateful,
        Application application) {
    String namespace() {
        return manifest.namespace();
    }

    /** The metadata of the pod, not of the object that makes it. */
    Fields metadata() {
        return template.object("metadata");
    }

    Map<String, String> labels() {
        return metadata().texts("labels");
    }

    Map<String, String> annotations() {
        return metadata().texts("annotations");
    }

    /** Whether it is a pod of a virtual machine, which has another name. */
    boolean isOfMachine() {
        return manifest.known().filter(Kind.POD::equals).isPresent() && !name.equals(manifest.name());
    }

    /** Whether it is a pod among the manifests that states no uid. */
    boolean isWithoutUid() {
        return manifest.known().filter(Kind.POD::equals).isPresent() && !manifest.statesUid();
    }

    Owner owner() {
        return new Owner(stateful, namespace(), name, uid);
    }
}
