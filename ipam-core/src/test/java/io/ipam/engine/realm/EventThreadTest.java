package io.ipam.engine.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.allocation.AllocationEvent;
import io.ipam.engine.state.EventQueue;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of the thread that delivers events. */
class EventThreadTest {
    @Test
    void close_eventsAreQueued_deliversThem() throws InterruptedException {
        BlockingQueue<AllocationEvent> delivered = new LinkedBlockingQueue<>();
        EventQueue events = new EventQueue(Optional.of(delivered::add));
        EventThread thread = new EventThread(events);
        AllocationEvent event = new AllocationEvent.Swapped(1);
        events.add(event);
        thread.close();
        thread.start();
        assertEquals(event, delivered.poll(60, TimeUnit.SECONDS));
    }
}
