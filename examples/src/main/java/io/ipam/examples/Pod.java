package io.ipam.examples;

import io.ipam.allocation.Owner;
import io.ipam.pool.Application;
import java.util.Map;
import java.util.Optional;

/**
 * A pod that wants addresses.
 *
 * @param manifest the object that it comes from: itself, or the Deployment
 * @param template where its metadata stand: in the manifest, or in the Deployment's template
 * @param name its name
 * @param uid its uid
 * @param node its node; empty when it has none
 * @param stateful whether it keeps its addresses under another uid
 * @param replica whether it is one of the replicas of the manifest
 */
record Pod(
        Manifest manifest, Fields template, String name, String uid, String node, boolean stateful, boolean replica) {
    String namespace() {
        return manifest.namespace();
    }

    Map<String, String> labels() {
        return template.object("metadata").texts("labels");
    }

    Map<String, String> annotations() {
        return template.object("metadata").texts("annotations");
    }

    Owner owner() {
        return new Owner(stateful, namespace(), name, uid);
    }

    Optional<Application> application() {
        return replica
                ? Optional.of(new Application(
                        manifest.fields().optionalText("apiVersion").orElse("apps/v1"),
                        manifest.kind(),
                        namespace(),
                        manifest.name(),
                        manifest.uid(),
                        manifest.replicas()))
                : Optional.empty();
    }
}
