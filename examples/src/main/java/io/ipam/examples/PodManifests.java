package io.ipam.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns manifests of pods, and of what makes pods, into pods: a Deployment yields as many as it has replicas. */
final class PodManifests {
    private final Map<String, Map<String, String>> nodes;
    private final List<Pod> pods = new ArrayList<>();

    /** Pods are placed on these nodes, labels by name. */
    PodManifests(Map<String, Map<String, String>> nodes) {
        this.nodes = nodes;
    }

    List<Pod> pods() {
        return pods;
    }

    void addPod(Manifest manifest) {
        boolean stateful = manifest.metadata().objects("ownerReferences").stream()
                .anyMatch(owner -> owner.text("kind").equals("StatefulSet"));
        pods.add(new Pod(
                manifest,
                manifest.fields(),
                manifest.name(),
                manifest.uid(),
                manifest.spec().optionalText("nodeName").orElse(""),
                stateful,
                false));
    }

    /** Adds the pods of a Deployment or StatefulSet; those that name no node are spread over the nodes that fit. */
    void addReplicas(Manifest manifest) {
        Fields template = manifest.spec().object("template");
        List<String> fitting = fittingNodes(template.object("spec"));
        Optional<String> named = template.object("spec").optionalText("nodeName");
        int replicas = manifest.replicas();
        for (int i = 0; i < replicas; i++) {
            String node = named.orElse(fitting.isEmpty() ? "" : fitting.get(i % fitting.size()));
            boolean stateful = manifest.kind().equals("StatefulSet");
            pods.add(new Pod(
                    manifest, template, manifest.name() + "-" + i, manifest.uid() + "-" + i, node, stateful, true));
        }
    }

    private List<String> fittingNodes(Fields podSpec) {
        Map<String, String> wanted = podSpec.texts("nodeSelector");
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().entrySet().containsAll(wanted.entrySet()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
