//! The native window without OpenGL: events in, frames out, as eframe has it for its own.

use super::painter::Painter;
use super::surface::Surface;
use eframe::UserEvent;
use egui::{
    Context, Ui, ViewportBuilder, ViewportCommand, ViewportEvent, ViewportId, ViewportInfo,
};
use egui_winit::accesskit_winit::WindowEvent as AccessEvent;
use egui_winit::{ActionRequested, State};
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use winit::application::ApplicationHandler;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::platform::run_on_demand::EventLoopExtRunOnDemand as _;
use winit::raw_window_handle::{HasDisplayHandle as _, RawDisplayHandle};
use winit::window::{Window, WindowId};

/// What the window shows.
pub trait Content {
    /// What is done whether or not the window is in sight; before it is drawn.
    fn logic(&mut self, ctx: &Context);

    /// Draws it; `window` is the parent of file dialogs.
    fn ui(&mut self, ui: &mut Ui, window: Option<&Window>);
}

/// No more frames than this, unless the window changes its size.
const FRAME: Duration = Duration::from_millis(16);
/// The largest picture that egui may make.
const LARGEST_PICTURE: usize = 8192;

/// Shows a window until it is closed.
///
/// # Errors
/// If the system has no window or nothing to paint on for it, or its event loop ends with one.
pub fn run(
    events: &mut EventLoop<UserEvent>,
    viewport: ViewportBuilder,
    create: impl FnOnce(&Context) -> Box<dyn Content>,
) -> Result<(), Box<dyn Error>> {
    let mut handler = Handler {
        proxy: events.create_proxy(),
        create: Some((viewport, create)),
        native: None,
        error: None,
    };
    events.run_app_on_demand(&mut handler)?;
    handler.error.map_or(Ok(()), Err)
}

/// Passes events on to the window, once there is one.
struct Handler<C> {
    proxy: EventLoopProxy<UserEvent>,
    create: Option<(ViewportBuilder, C)>,
    native: Option<Native>,
    error: Option<Box<dyn Error>>,
}

/// The window and what belongs to it.
struct Native {
    ctx: Context,
    content: Box<dyn Content>,
    window: Arc<Window>,
    surface: Surface,
    painter: Painter,
    input: State,
    info: ViewportInfo,
    requested: Vec<ActionRequested>,
    /// When the next frame is due.
    next: Option<Instant>,
    last: Instant,
    /// Whether the system says when to draw: a compositor of Wayland, which never loses what a window shows.
    paced: bool,
    /// Whether it was asked; a system that says to draw without being asked has lost what the window showed.
    asked: bool,
    shown: bool,
}

impl<C: FnOnce(&Context) -> Box<dyn Content>> Handler<C> {
    fn with(
        &mut self,
        events: &ActiveEventLoop,
        act: impl FnOnce(&mut Native) -> Result<(), Box<dyn Error>>,
    ) {
        if let Some(native) = &mut self.native
            && let Err(error) = act(native)
        {
            self.error = Some(error);
            events.exit();
        }
    }
}

impl<C: FnOnce(&Context) -> Box<dyn Content>> ApplicationHandler<UserEvent> for Handler<C> {
    fn resumed(&mut self, events: &ActiveEventLoop) {
        let Some((viewport, create)) = self.create.take() else {
            return;
        };
        match Native::new(events, &self.proxy, viewport, create) {
            Ok(native) => self.native = Some(native),
            Err(error) => {
                self.error = Some(error);
                events.exit();
            }
        }
        self.with(events, |native| native.frame(events, true));
    }

    fn window_event(&mut self, events: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        self.with(events, |native| native.event(events, &event));
    }

    fn user_event(&mut self, events: &ActiveEventLoop, event: UserEvent) {
        self.with(events, |native| match event {
            UserEvent::RequestRepaint {
                when,
                cumulative_pass_nr,
                ..
            } => {
                native.repaint_asked(when, cumulative_pass_nr);
                Ok(())
            }
            UserEvent::AccessKitActionRequest(event) => {
                native.access_event(events, event.window_event)
            }
        });
    }

    fn about_to_wait(&mut self, events: &ActiveEventLoop) {
        self.with(events, |native| native.due(events));
        let next = self.native.as_ref().and_then(|native| native.next);
        events.set_control_flow(next.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    fn exiting(&mut self, _: &ActiveEventLoop) {
        if let Some(native) = self.native.take() {
            native.ctx.on_exit();
        }
    }
}

impl Native {
    fn new(
        events: &ActiveEventLoop,
        proxy: &EventLoopProxy<UserEvent>,
        viewport: ViewportBuilder,
        create: impl FnOnce(&Context) -> Box<dyn Content>,
    ) -> Result<Self, Box<dyn Error>> {
        let ctx = Context::default();
        // As eframe has it: what finds its size only by being laid out is laid out twice.
        ctx.options_mut(|options| {
            options.max_passes = std::num::NonZeroUsize::MIN.saturating_add(1)
        });
        ctx.add_font_provider(Arc::new(
            egui_system_font_provider::SystemFontProvider::new(),
        ));
        let fits = fitting(&ctx, events, viewport).with_visible(false);
        let window = Arc::new(egui_winit::create_window(&ctx, events, &fits)?);
        let surface = Surface::new(events.owned_display_handle(), Arc::clone(&window))?;
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, &ctx, &window, true);
        let mut input = State::new(
            ctx.clone(),
            ViewportId::ROOT,
            events,
            Some(window.scale_factor() as f32),
            events.system_theme(),
            Some(LARGEST_PICTURE),
        );
        input.init_accesskit(events, &window, proxy.clone());
        let wake = Mutex::new(proxy.clone());
        ctx.set_request_repaint_callback(move |asked| {
            let event = UserEvent::RequestRepaint {
                viewport_id: asked.viewport_id,
                when: Instant::now() + asked.delay,
                cumulative_pass_nr: asked.current_cumulative_pass_nr,
            };
            let wake = wake.lock().unwrap_or_else(PoisonError::into_inner);
            // Fails only when the window is gone.
            let _ = wake.send_event(event);
        });
        let content = create(&ctx);
        Ok(Self {
            content,
            painter: Painter::new(crate::ui::theme::GROUND),
            ctx,
            window,
            surface,
            input,
            info,
            requested: Vec::new(),
            next: None,
            last: Instant::now(),
            paced: matches!(
                events.display_handle().map(|handle| handle.as_raw()),
                Ok(RawDisplayHandle::Wayland(_))
            ),
            asked: false,
            shown: false,
        })
    }

    fn event(
        &mut self,
        events: &ActiveEventLoop,
        event: &WindowEvent,
    ) -> Result<(), Box<dyn Error>> {
        if matches!(event, WindowEvent::RedrawRequested) {
            let lost = !std::mem::take(&mut self.asked);
            return self.frame(events, lost);
        }
        if let WindowEvent::Occluded(occluded) = event {
            self.info.occluded = Some(*occluded);
            self.want(Instant::now());
        }
        let response = self.input.on_window_event(&self.window, event);
        match event {
            WindowEvent::CloseRequested => {
                self.info.events.push(ViewportEvent::Close);
                // A window that is not to be seen is drawn too: it may have something to ask first.
                self.frame(events, false)?;
            }
            // Systems stretch what was shown, or show nothing, until there is a frame of the new size.
            WindowEvent::Resized(_) => self.frame(events, true)?,
            _ if response.repaint => self.want(Instant::now()),
            _ => {}
        }
        Ok(())
    }

    fn access_event(
        &mut self,
        events: &ActiveEventLoop,
        event: AccessEvent,
    ) -> Result<(), Box<dyn Error>> {
        match event {
            AccessEvent::InitialTreeRequested => {
                self.ctx.enable_accesskit();
                self.frame(events, false)?;
            }
            AccessEvent::ActionRequested(request) => {
                self.input.on_accesskit_action_request(request);
                self.want(Instant::now());
            }
            AccessEvent::AccessibilityDeactivated => self.ctx.disable_accesskit(),
        }
        Ok(())
    }

    /// Takes note of a repaint that was asked for in this frame or the one before; an older one has had its frame.
    fn repaint_asked(&mut self, when: Instant, pass: u64) {
        let now = self.ctx.cumulative_pass_nr_for(ViewportId::ROOT);
        if now == pass || now == pass + 1 {
            self.want(when);
        }
    }

    fn want(&mut self, when: Instant) {
        let when = when.max(self.last + FRAME);
        self.next = Some(self.next.map_or(when, |next| next.min(when)));
    }

    /// Draws, or asks the system when to draw, if a frame is due.
    fn due(&mut self, events: &ActiveEventLoop) -> Result<(), Box<dyn Error>> {
        if self.next.is_none_or(|next| next > Instant::now()) {
            return Ok(());
        }
        self.next = None;
        if !self.paced || self.is_hidden() {
            return self.frame(events, false);
        }
        self.asked = true;
        self.window.request_redraw();
        Ok(())
    }

    fn is_hidden(&self) -> bool {
        // Before the first frame every window is; it is shown by that frame.
        self.shown
            && (self.info.occluded == Some(true)
                || self.window.is_minimized() == Some(true)
                || self.window.is_visible() == Some(false))
    }

    /// Lets the content draw, and shows what has changed; everything if the window lost what it showed.
    fn frame(&mut self, events: &ActiveEventLoop, lost: bool) -> Result<(), Box<dyn Error>> {
        self.next = None;
        egui_winit::update_viewport_info(&mut self.info, &self.ctx, &self.window, false);
        let mut input = self.input.take_egui_input(&self.window);
        input.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        let closes = self.info.close_requested();
        self.last = Instant::now();
        let output = self.ctx.run_ui(input, |ui| {
            self.content.logic(ui.ctx());
            self.content.ui(ui, Some(&self.window));
        });
        self.info.events.clear();
        let root = output.viewport_output.into_iter();
        let commands: Vec<ViewportCommand> = root.flat_map(|(_, root)| root.commands).collect();
        if closes && !commands.contains(&ViewportCommand::CancelClose) {
            events.exit();
        }
        self.input.handle_platform_output_with_event_loop(
            &self.window,
            events,
            output.platform_output,
        );
        let mut textures = output.textures_delta;
        self.painter.take(&mut textures);
        let size = self.window.inner_size();
        let size = [size.width as usize, size.height as usize];
        if !self.is_hidden() && size[0] > 0 && size[1] > 0 {
            let painted =
                self.painter
                    .paint(&self.ctx, output.shapes, output.pixels_per_point, size);
            self.answer_requests();
            if !self.shown {
                self.window.set_visible(true);
            }
            self.window.pre_present_notify();
            let first = !std::mem::replace(&mut self.shown, true);
            self.surface
                .show(self.painter.picture(), painted, lost || first)?;
        }
        self.painter.free(&mut textures);
        egui_winit::process_viewport_commands(
            &self.ctx,
            &mut self.info,
            commands,
            &self.window,
            &mut self.requested,
        );
        if self.info.close_requested() || !self.requested.is_empty() {
            self.want(Instant::now());
        }
        Ok(())
    }

    /// Does what the content asked of the window, after a frame.
    fn answer_requests(&mut self) {
        for action in std::mem::take(&mut self.requested) {
            let event = match action {
                ActionRequested::Screenshot(callback) => {
                    callback.complete(Arc::new(self.painter.screenshot()));
                    continue;
                }
                ActionRequested::PaintWhileHidden => continue,
                ActionRequested::Cut => egui::Event::Cut,
                ActionRequested::Copy => egui::Event::Copy,
                ActionRequested::Paste => match self.input.clipboard_text() {
                    Some(text) => egui::Event::Paste(text.replace("\r\n", "\n")),
                    None => continue,
                },
            };
            self.input.egui_input_mut().events.push(event);
            self.ctx.request_repaint();
        }
    }
}

/// In the middle of the screen, and not larger.
fn fitting(
    ctx: &Context,
    events: &ActiveEventLoop,
    mut viewport: ViewportBuilder,
) -> ViewportBuilder {
    let monitor = events
        .primary_monitor()
        .or_else(|| events.available_monitors().next());
    if let Some(monitor) = monitor
        && let Some(size) = viewport.inner_size
    {
        let room = monitor
            .size()
            .to_logical::<f32>(f64::from(ctx.zoom_factor()) * monitor.scale_factor());
        let room = egui::vec2(room.width, room.height);
        if room.x > 0.0 && room.y > 0.0 {
            let size = size.min(room);
            let corner = (room - size) / 2.0;
            viewport = viewport
                .with_inner_size(size)
                .with_position(corner.to_pos2());
        }
    }
    viewport
}
