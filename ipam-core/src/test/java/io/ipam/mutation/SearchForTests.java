package io.ipam.mutation;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.List;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * PIT starts a process per class, and another one after each mutant that hangs. Each process
 * searches for tests by running all of them without a mutant. During this search their bodies are
 * skipped, which takes a second instead of twenty.
 *
 * <p>The profile {@code mutation} enables it. The processes that measure coverage also search for
 * tests; they run them and skip nothing.
 */
public final class SearchForTests implements InvocationInterceptor, AroundPropertyHook, AroundTryHook {
    private static final boolean IS_ON = Boolean.getBoolean("ipam.mutation");
    private static final String SEARCH = "org.pitest.junit5.JUnit5TestUnitFinder";
    private static final String OF_MUTANTS = "org.pitest.mutationtest.execute.MutationTestMinion";

    private boolean isSearched;

    private static boolean isGoingOn() {
        return IS_ON && isBelow(SEARCH) && isBelow(OF_MUTANTS);
    }

    private static boolean isBelow(String caller) {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackFrame::getClassName).anyMatch(caller::equals));
    }

    private static void runUnlessSearched(Invocation<Void> invocation) throws Throwable {
        if (isGoingOn()) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessSearched(invocation);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessSearched(invocation);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        runUnlessSearched(invocation);
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        isSearched = isGoingOn();
        return property.execute();
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor body, List<Object> values) {
        return isSearched ? TryExecutionResult.satisfied(true) : body.execute(values);
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
