package io.ipam.annotations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Selections as texts. Thread safety: immutable.
 *
 * @param pod the annotations of the pod, by full key
 * @param namespace the annotations of the namespace, by full key
 * @param cni the CNI configuration of each interface, by interface name, in the order of the
 *     interfaces; each contains only the object {@code ipam}
 */
public record AnnotationTexts(Map<String, String> pod, Map<String, String> namespace, Map<String, String> cni) {
    /** Copies the maps and keeps their order. */
    public AnnotationTexts {
        pod = Collections.unmodifiableMap(new LinkedHashMap<>(pod));
        namespace = Collections.unmodifiableMap(new LinkedHashMap<>(namespace));
        cni = Collections.unmodifiableMap(new LinkedHashMap<>(cni));
    }
}
